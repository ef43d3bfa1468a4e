import { COLOURS } from './emailTheme.ts'
import { type Html, html } from './html.ts'

/** A fact with its name, such as the number of an order. */
export type Fact = readonly [label: string, value: string]

/** A table that screen readers announce as one: names left, values right. */
export const emailFacts = (rows: readonly Fact[]): Html =>
  html`<table
    width="100%"
    cellpadding="0"
    cellspacing="0"
    border="0"
    style="width:100%;margin:0 0 24px;border-collapse:collapse"
  >
    ${rows.map(fact)}
  </table>`

/** The same in the text part. */
export const factLines = (rows: readonly Fact[]): string[] =>
  rows.map(([label, value]) => `${label}: ${value}`)

const CELL =
  'padding:11px 0;font-size:15px;line-height:22px;vertical-align:top;word-break:break-word'

const fact = ([label, value]: Fact): Html =>
  html`<tr>
    <th
      class="t-line t-soft"
      scope="row"
      align="left"
      style="${CELL};padding-right:16px;border-bottom:1px solid ${COLOURS.line};font-weight:400;text-align:left;color:${COLOURS.soft}"
    >
      ${label}
    </th>
    <td
      class="t-line t-ink"
      align="right"
      style="${CELL};border-bottom:1px solid ${COLOURS.line};font-weight:600;text-align:right;color:${COLOURS.ink}"
    >
      ${value}
    </td>
  </tr>`
