// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** The frame around all pages: menu, address, and the pages that bundles bring while the browser is open. */
import { html, render, useEffect, useRef, useState } from "./vendor/htm-preact.js";
import { getJson, usePolled } from "./api.js";
import { parseHash } from "./routes.js";

/** @typedef {{name: string, title: string, module: string, rank: number}} Item */

const NAV_SECONDS = 5;

function Shell() {
  const nav = usePolled((gone) => getJson("/api/v1/ui/nav", gone), "nav", NAV_SECONDS);
  const [address, setAddress] = useState(() => parseHash(location.hash));
  const [open, setOpen] = useState(false);
  const main = useRef(null);

  useEffect(() => {
    const follow = () => setAddress(parseHash(location.hash));
    const escape = (/** @type {KeyboardEvent} */ e) => e.key === "Escape" && setOpen(false);
    addEventListener("hashchange", follow);
    addEventListener("keydown", escape);
    return () => {
      removeEventListener("hashchange", follow);
      removeEventListener("keydown", escape);
    };
  }, []);

  /** @type {Item[]} */
  const items = nav.value?.items ?? [];
  const name = address.name || items[0]?.name;
  const item = items.find((candidate) => candidate.name === name);

  useEffect(() => {
    document.title = item ? `${item.title} · CopperCube` : "CopperCube";
  }, [item?.title]);

  const choose = () => {
    setOpen(false);
    main.current?.focus();
    scrollTo(0, 0);
  };
  return html`
    <header class="side">
      <a class="brand" href="/"><img src="/favicon.svg" alt="" width="36" height="36" /> CopperCube</a>
      <button type="button" class="menu" aria-expanded=${open} aria-controls="menu" onClick=${() => setOpen(!open)}>
        Menu
      </button>
      <nav id="menu" class=${open ? "open" : ""} aria-label="Pages">
        <ul>
          ${items.map((entry) => html`
            <li key=${entry.name}>
              <a href="#/${entry.name}" aria-current=${entry.name === name ? "page" : undefined} onClick=${choose}>
                ${entry.title}
              </a>
            </li>`)}
          <li class="away"><a href="/status">Status page</a></li>
        </ul>
      </nav>
    </header>
    <main id="main" tabindex="-1" ref=${main}>
      <p role="status" class=${nav.problem ? "notice" : "nothing"}>
        ${nav.problem && `${nav.problem.message} Trying again …`}
      </p>
      ${item && html`<${Frame} key=${item.name} item=${item} route=${address.route} />`}
      ${nav.value && !item && html`<${Away} name=${name} />`}
    </main>`;
}

/** @param {{name: string | undefined}} props */
function Away({ name }) {
  return name
    ? html`<h1>This page is away</h1><p>The part that brings it is not running. The page comes back with it.</p>`
    : html`<h1>No pages</h1><p>No part that brings a page is running.</p>`;
}

/** Loads a page's module and shows its element. @param {{item: Item, route: string}} props */
function Frame({ item, route }) {
  const tag = `page-${item.name}`;
  const [ready, setReady] = useState(customElements.get(tag) !== undefined);
  const [failed, setFailed] = useState("");
  const first = useRef(loaded.get(item.name) ?? item.module);

  useEffect(() => {
    if (first.current !== item.module) {
      location.reload(); // an element cannot be defined twice: the bundle's new page needs a new document
      return undefined;
    }
    if (ready) {
      return undefined;
    }
    let timer = 0;
    let turn = 0;
    const load = async () => {
      try {
        // A browser may remember that a module failed: another address asks again.
        await import(turn++ === 0 ? item.module : `${item.module}&try=${turn}`);
        if (!customElements.get(tag)) {
          throw new Error(`its module does not define <${tag}>`);
        }
        loaded.set(item.name, item.module);
        setReady(true);
      } catch (e) {
        setFailed(String(e));
        timer = window.setTimeout(load, NAV_SECONDS * 1000);
      }
    };
    load();
    return () => clearTimeout(timer);
  }, [item.module]);

  if (ready) {
    return html`<${tag} route=${route} />`;
  }
  return failed ? html`<p class="notice" role="alert">${item.title} cannot be shown: ${failed}. Trying again …</p>`
    : html`<p class="quiet" aria-busy="true">Loading ${item.title} …</p>`;
}

/** The module by which each page was defined in this document. @type {Map<string, string>} */
const loaded = new Map();

document.querySelector(".skip")?.addEventListener("click", (e) => {
  e.preventDefault(); // the part behind # names the page
  document.getElementById("main")?.focus();
});

const frame = document.getElementById("shell");
if (frame) {
  render(html`<${Shell} />`, frame);
}
