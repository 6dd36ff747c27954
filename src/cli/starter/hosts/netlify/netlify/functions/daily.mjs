// Has the site built once a day, because figures grow old and jobs expire. netlify.toml says what DAILY_HOOK_URL is.
export default async () => {
  const hook = process.env.DAILY_HOOK_URL;
  if (!hook) {
    throw new Error("DAILY_HOOK_URL is not set: add a build hook in the settings of the site, and set it to its address");
  }
  const answer = await fetch(hook, { method: "POST" });
  if (!answer.ok) {
    throw new Error(`the build hook in DAILY_HOOK_URL answered ${answer.status}: see whether it still exists`);
  }
};

export const config = { schedule: "23 4 * * *" };
