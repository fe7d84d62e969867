/** The server's events, reconnected for as long as the page is open. */

const SILENCE = 35_000; // two missed signs of life
const PAUSES = [500, 1000, 2000, 4000];

/**
 * Listens to `/api/events`. `on` has `record(data)`, `reset(epoch)`, `ready()`, `lost()`.
 * A new connection names the last event seen, so nothing is missed or drawn twice.
 */
export function listen(on) {
  let source;
  let seen = "";
  let failures = 0;
  let watchdog;
  let pause;

  const alive = () => {
    failures = 0;
    clearTimeout(watchdog);
    watchdog = setTimeout(again, SILENCE);
  };

  function open() {
    clearTimeout(pause);
    source = new EventSource(seen ? `/api/events?after=${encodeURIComponent(seen)}` : "/api/events");
    source.addEventListener("message", (event) => {
      alive();
      seen = event.lastEventId || seen;
      on.record(JSON.parse(event.data));
    });
    source.addEventListener("reset", (event) => {
      seen = "";
      on.reset(JSON.parse(event.data));
    });
    source.addEventListener("ready", () => {
      alive();
      on.ready();
    });
    source.addEventListener("beat", alive);
    source.addEventListener("error", again);
  }

  function again() {
    source.close();
    clearTimeout(watchdog);
    clearTimeout(pause);
    on.lost();
    pause = setTimeout(open, PAUSES[Math.min(failures, PAUSES.length - 1)]);
    failures += 1;
  }

  addEventListener("online", () => {
    if (source.readyState === EventSource.CLOSED) open();
  });
  addEventListener("offline", again);
  open();
}
