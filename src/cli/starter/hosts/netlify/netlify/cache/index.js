// Keeps the last site and what Rungs remembers of it from build to build: only what changed is made again.
const FOLDERS = [".rungs/cache", "public", ".public.rungs"];

module.exports = {
  async onPreBuild({ utils }) {
    await utils.cache.restore(FOLDERS);
  },
  async onPostBuild({ utils }) {
    await utils.cache.save(FOLDERS);
  },
};
