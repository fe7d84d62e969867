/**
 * What people did and the server has not confirmed yet. It outlives a reload, is sent in order, one
 * phone at a time, and never twice: each deed has an id made here and the server knows it again.
 */

const PREFIX = "mistok.unsent.";
const LONGEST_PAUSE = 8000;

export class Outbox {
  #items = load();
  #running = new Set();
  #wake = new Set();
  #settled;

  /** `settled(item, accepted)` is told when an item is through, or refused for good. */
  constructor(settled) {
    this.#settled = settled;
  }

  /** Keep and send a deed, such as `{text}`; the item. */
  add(phone, deed) {
    const item = { id: crypto.randomUUID(), at: Date.now(), phone, deed };
    this.#items.push(item);
    store(item);
    this.#pump(phone);
    return item;
  }

  /** Items of one phone still on their way. */
  of(phone) {
    return this.#items.filter((item) => item.phone === phone);
  }

  /** Try everything now; called when the connection is back. */
  retry() {
    for (const wake of this.#wake) wake();
    for (const phone of new Set(this.#items.map((item) => item.phone))) this.#pump(phone);
  }

  async #pump(phone) {
    if (this.#running.has(phone)) return;
    this.#running.add(phone);
    let pause = 500;
    for (let [item] = this.of(phone); item; [item] = this.of(phone)) {
      const outcome = await post(item);
      if (outcome === "later") {
        await this.#rest(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        continue;
      }
      pause = 500;
      this.#items = this.#items.filter((other) => other !== item);
      localStorage.removeItem(key(item));
      this.#settled(item, outcome === "done");
    }
    this.#running.delete(phone);
  }

  /** A pause that the return of the connection cuts short. */
  #rest(milliseconds) {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wake.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#wake.add(wake);
    });
  }
}

/** `done`, `later` (no connection, the server is busy) or `never` (it refuses this). */
async function post(item) {
  try {
    const response = await fetch(`/api/phones/${encodeURIComponent(item.phone)}/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id: item.id, ...item.deed }),
      signal: AbortSignal.timeout(15_000),
    });
    if (response.ok) return "done";
    return response.status >= 500 || response.status === 429 ? "later" : "never";
  } catch {
    return "later";
  }
}

const key = (item) => `${PREFIX}${item.id}`;

function store(item) {
  try {
    localStorage.setItem(key(item), JSON.stringify(item));
  } catch {
    // Without storage it still waits in memory; only a reload would lose it.
  }
}

function load() {
  const keys = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  return keys.map((name) => JSON.parse(localStorage.getItem(name))).sort((one, other) => one.at - other.at);
}
