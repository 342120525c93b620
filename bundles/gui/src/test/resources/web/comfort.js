// SPDX-License-Identifier: Apache-2.0
customElements.define("page-comfort", class extends HTMLElement { });
