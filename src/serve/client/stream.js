// The connection to the server. It is closed while nobody sees the page: a browser keeps only a few connections to a
// server, and a page in the history must have none. It comes back by itself, and asks for all that it has missed.

const RETRY = { first: 250, most: 5000 };

/** Longer than any timer is late: the machine has slept, and the connection may be dead without a word. */
const SLEPT = 20_000;

const stream = {
  /** @type {EventSource | null} */
  source: null,
  /** The last generation that was heard of. */
  since: '0',
  wait: RETRY.first,
  timer: 0,
};

function connect() {
  disconnect();
  if (document.visibilityState === 'hidden') return;
  const path = encodeURIComponent(pathOf(location.href) ?? location.pathname);
  const since = encodeURIComponent(stream.since);
  const source = new EventSource(`${location.origin}/.rungs/events?page=${path}&since=${since}`);
  source.addEventListener('page', ({ data, lastEventId }) => {
    /** @type {Change} */
    const change = JSON.parse(data);
    const isFirst = stream.since === '0';
    enqueue(() => pageChanged(change, isFirst));
    stream.since = lastEventId;
  });
  source.addEventListener('report', ({ data, lastEventId }) => {
    showReport(JSON.parse(data));
    stream.since = lastEventId;
  });
  source.onopen = () => {
    stream.wait = RETRY.first;
    showConnected(true);
  };
  source.onerror = reconnect;
  stream.source = source;
}

function disconnect() {
  clearTimeout(stream.timer);
  stream.source?.close();
  stream.source = null;
}

/** Connects again after a while. The browser's own retries end with the first answer that is no stream. */
function reconnect() {
  disconnect();
  stream.timer = setTimeout(connect, stream.wait);
  stream.wait = Math.min(stream.wait * 2, RETRY.most);
  showConnected(false);
}

function keepConnected() {
  document.addEventListener('visibilitychange', connect);
  addEventListener('pageshow', ({ persisted }) => persisted && connect());
  addEventListener('pagehide', disconnect);
  addEventListener('online', connect);
  let last = Date.now();
  setInterval(() => {
    if (Date.now() - last > SLEPT) connect();
    last = Date.now();
  }, SLEPT / 4);
  connect();
}
