// The last file: all others are read, and the work begins.

// The browser's own bound is soon reached, for each change is a request.
performance.setResourceTimingBufferSize(5000);
showMark(tag.dataset.mark ?? '');
enqueue(async () => {
  const first = await fetchPage();
  if (first.digest === page.shown) page.base = first.document;
});
keepConnected();
