// One event stream for all tabs: each says which page it shows, and in which version.

const tabs = new Map();
let stream = null;
let soon = 0;

self.joinHub = (port) => {
  port.onmessage = ({ data }) => {
    if (data.left) tabs.delete(port);
    else tabs.set(port, { ...tabs.get(port), ...data });
    if (data.left || data.events) reconnect(5);
  };
};
self.onconnect = ({ ports: [port] }) => self.joinHub(port);

function reconnect(wait) {
  clearTimeout(soon);
  soon = setTimeout(connect, wait);
}

function connect() {
  stream?.close();
  if (!tabs.size) return;
  const asked = new URLSearchParams();
  let events = "";
  for (const tab of tabs.values()) {
    events = tab.events ?? events;
    asked.append("page", tab.page);
    asked.append("version", tab.version);
  }
  stream = new EventSource(`${events}?${asked}`);
  stream.onmessage = ({ data }) => tell(JSON.parse(data));
  stream.onopen = () => tell({ isLive: true });
  // It would come back by itself, but with the versions of then.
  stream.onerror = () => {
    stream.close();
    tell({ isLive: false });
    reconnect(300);
  };
}

function tell(event) {
  for (const [port, { page }] of tabs) {
    if (!event.page || event.page === page) port.postMessage(event);
  }
}
