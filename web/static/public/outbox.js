// What this browser has still to tell the server: ballots and retractions, kept in local storage until they
// are on disk over there, sent in small batches, again and again while the network is away. There is one
// entry a proposal and the last word stands, so that sending twice changes nothing.

const BATCH_MAX = 32;
const PAUSE_MS = 700;
const WAIT_MS_MAX = 30_000;
/** What is said about oneself, each at an address of its own. */
const DECLARED = ["audience", "answers"];
const JSON_BODY = { "content-type": "application/json" };

/** Something to try again later, with how long to wait if the server said so. */
class Later extends Error {
  constructor(wait) {
    super("later");
    this.wait = wait;
  }
}

export class Outbox {
  #entries;
  #api;
  #pages;
  #tell;
  #timer = 0;
  #wait = 0;
  #sending = null;
  #flying = new Set();

  /** `pages` is the path of the consultation's pages; `tell` hears `{ waiting, offline, lost, recorded }`. */
  constructor(pages, tell = () => {}) {
    this.#pages = pages;
    this.#api = pages.replace("/c/", "/api/v1/consultations/");
    this.#entries = new Entries(`gd:${pages}:`);
    this.#tell = tell;
    addEventListener("online", () => this.send());
    // The page goes away: the browser finishes the requests without it, and what gets no answer is sent again next time.
    addEventListener("pagehide", () => this.#deliver(true).catch(() => {}));
    if (this.waiting) this.send();
  }

  get waiting() {
    return this.#entries.all().length;
  }

  /** The numbers of the proposals that something waits for. */
  get proposals() {
    return this.#entries.all().map(([proposal]) => proposal);
  }

  /** Keeps a ballot, `{ choice, qualifications, key }` or `{ choice: null }` to take it back; or, as "audience" or "answers", `{ audience }` or `{ answers }`. */
  put(name, entry) {
    this.#entries.set(name, { ...entry, id: Math.random() });
    this.#tell({ waiting: this.waiting });
    this.#later(PAUSE_MS);
  }

  /** Forgets what waits for a proposal: it is being said in another way. */
  drop(proposal) {
    this.#entries.remove(proposal);
  }

  /** Sends what waits; resolves once it is delivered or has to wait. */
  async send() {
    clearTimeout(this.#timer);
    this.#sending ??= this.#locked()
      .then(() => {
        this.#wait = 0;
        this.#tell({ waiting: this.waiting, offline: false });
      })
      .catch((later) => {
        this.#wait = later.wait || Math.min(WAIT_MS_MAX, this.#wait * 2 || 1000);
        this.#tell({ waiting: this.waiting, offline: true });
      })
      .finally(() => {
        this.#sending = null;
        if (this.waiting) this.#later(this.#wait || PAUSE_MS);
      });
    return this.#sending;
  }

  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), wait);
  }

  /** One tab at a time, where the browser can see to it. */
  #locked() {
    const work = () => this.#deliver(false).finally(() => this.#flying.clear());
    return navigator.locks ? navigator.locks.request(this.#pages, work) : work();
  }

  /** Delivers what waits, in one batch. What is under way already is left alone: two words on one proposal must not race. */
  async #deliver(leaving) {
    const waiting = this.#entries.all().filter(([proposal]) => !this.#flying.has(proposal)).slice(0, BATCH_MAX);
    for (const [proposal] of waiting) this.#flying.add(proposal);
    const cast = waiting.filter(([, entry]) => entry.choice);
    const retracted = waiting.filter(([, entry]) => entry.choice === null);
    // First, for the cookie that comes with the answer says with whom the ballots count.
    for (const [name, entry] of waiting) if (DECLARED.includes(name)) await this.#declare(name, entry);
    const retract = async ([proposal, entry]) => {
      await this.#call(`/ballots/${proposal}`, { method: "DELETE" });
      this.#entries.settle(proposal, entry);
    };
    await Promise.all([cast.length && this.#cast(cast, leaving), ...retracted.map(retract)]);
  }

  async #declare(name, entry) {
    const body = JSON.stringify({ [name]: entry[name] });
    await this.#call(`/${name}`, { method: "PUT", body, headers: JSON_BODY });
    this.#entries.settle(name, entry);
  }

  async #cast(cast, leaving) {
    const ballots = cast.map(([proposal, { choice, qualifications, key }]) => ({ proposal: Number(proposal), choice, qualifications, key }));
    const answer = await this.#call("/ballots", { method: "POST", body: JSON.stringify({ ballots }), headers: JSON_BODY });
    const refused = new Map(answer.ok ? (await answer.json()).refused.map(({ proposal, code }) => [String(proposal), code]) : []);
    for (const [proposal, entry] of cast) {
      const code = refused.get(proposal);
      if (code === "vote_key_expired" && (await this.#renew(proposal, entry))) continue;
      this.#entries.settle(proposal, entry);
      this.#tell(answer.ok && !code ? { recorded: proposal } : { lost: proposal });
    }
    // The consultation has closed, or does not know this browser any more: the page says which.
    if (!answer.ok && !leaving) location.reload();
  }

  /** A ballot that waited longer than its key lives gets another one from the proposal's page. */
  async #renew(proposal, entry) {
    const answer = await this.#call(`/proposals/${proposal}`, {}, this.#pages);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const key = page.querySelector("[name=key]")?.value;
    if (key) this.#entries.set(proposal, { ...entry, key });
    return Boolean(key);
  }

  async #call(path, request, base = this.#api) {
    const answer = await fetch(base + path, { keepalive: true, ...request }).catch(() => {
      throw new Later();
    });
    if (answer.status === 429 || answer.status >= 500) throw new Later(Number(answer.headers.get("retry-after")) * 1000);
    return answer;
  }
}

/** Entries in local storage, one key each so that two tabs never write over one another; in memory where there is none. */
class Entries {
  constructor(prefix) {
    this.prefix = prefix;
    try {
      localStorage.setItem(prefix, "");
      localStorage.removeItem(prefix);
      this.storage = localStorage;
    } catch {
      this.storage = {};
    }
  }

  all() {
    const keys = Object.keys(this.storage).filter((key) => key.startsWith(this.prefix));
    return keys.map((key) => [key.slice(this.prefix.length), JSON.parse(this.storage[key])]);
  }

  set(name, entry) {
    this.storage[this.prefix + name] = JSON.stringify(entry);
  }

  remove(name) {
    delete this.storage[this.prefix + name];
  }

  /** Removes an entry unless something newer has been said since. */
  settle(name, { id }) {
    const now = this.storage[this.prefix + name];
    if (now && JSON.parse(now).id === id) this.remove(name);
  }
}
