// The last file: all others are read, and the work begins.

showMark(tag.dataset.mark);
enqueue(async () => {
  const first = await fetchPage();
  if (first.digest === page.shown) page.base = first.document;
});
keepConnected();
