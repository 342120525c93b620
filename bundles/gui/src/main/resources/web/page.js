// SPDX-License-Identifier: Apache-2.0
// @ts-check
/**
 * What a page module needs. The shell puts `<page-NAME route="…">` into the page; `route` is what stands behind the
 * page's name in the address, `#/NAME/…` or `#/NAME?…`, and changes while the page is open.
 */
import { html, render } from "./vendor/htm-preact.js";

export { html, useEffect, useMemo, useRef, useState } from "./vendor/htm-preact.js";

/**
 * Defines the element of a page.
 * @param {string} name the page's short name, as in the bundle's manifest
 * @param {(props: {route: string}) => unknown} Page a Preact component
 */
export function definePage(name, Page) {
  customElements.define(`page-${name}`, class extends HTMLElement {
    static observedAttributes = ["route"];

    connectedCallback() {
      this.draw();
    }

    attributeChangedCallback() {
      if (this.isConnected) {
        this.draw();
      }
    }

    disconnectedCallback() {
      render(null, this);
    }

    draw() {
      render(html`<${Page} route=${this.getAttribute("route") ?? ""} />`, this);
    }
  });
}
