import { html } from './html.ts'

/** Text has a contrast of at least 4.5:1 on its background, in both themes. */
const LIGHT = {
  page: '#f6f4ee',
  card: '#ffffff',
  ink: '#1b2421',
  soft: '#4e5a55',
  line: '#e3e0d8',
  brand: '#0d5f4c',
  onBrand: '#ffffff',
  note: '#fbeccd',
  onNote: '#5c3900',
} as const
const DARK: Record<keyof typeof LIGHT, string> = {
  page: '#101513',
  card: '#1a211f',
  ink: '#eef2f0',
  soft: '#b0bbb6',
  line: '#36413d',
  brand: '#5fd0b0',
  onBrand: '#06231b',
  note: '#3d2e10',
  onNote: '#fbe3b1',
}

/** The inline colours of elements: many mail clients drop style sheets. */
export const COLOURS = LIGHT

/** Installed font families with ₹ and Devanagari; nothing is fetched. */
export const FONT =
  '-apple-system,Segoe UI,Roboto,Helvetica,Arial,Noto Sans,Noto Sans Devanagari,Nirmala UI,sans-serif'

/** Dark overrides of the inline colours, by class. */
const dark = `
.t-page{background-color:${DARK.page}!important}
.t-card{background-color:${DARK.card}!important;border-color:${DARK.line}!important}
.t-ink{color:${DARK.ink}!important}
.t-soft{color:${DARK.soft}!important}
.t-line{border-color:${DARK.line}!important}
.t-brand{color:${DARK.brand}!important}
.t-button{background-color:${DARK.brand}!important}
.t-on-brand{color:${DARK.onBrand}!important}
.t-note{background-color:${DARK.note}!important;color:${DARK.onNote}!important}
`

/** The only style sheet: dark colours, and narrower margins on phones. Contains no quotes. */
export const emailStyles = html`<style>
  :root {
    color-scheme: light dark;
    supported-color-schemes: light dark;
  }
  @media (prefers-color-scheme: dark) {
    ${dark}
  }
  @media (max-width: 480px) {
    .t-pad {
      padding: 24px 20px 8px !important;
    }
    .t-outer {
      padding: 16px 8px !important;
    }
  }
</style>`
