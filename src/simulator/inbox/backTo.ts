import { html, type Html } from './html.ts'

/** The page that a form leads back to. */
export const backTo = (back: string): Html =>
  html`<input type="hidden" name="back" value="${back}" />`
