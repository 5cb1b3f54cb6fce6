/** Its button prints the page. Until this runs it is not shown: without script it could do nothing. */
export class PrintButton extends HTMLElement {
  connectedCallback() {
    this.querySelector('button')?.addEventListener('click', () => print());
  }
}
