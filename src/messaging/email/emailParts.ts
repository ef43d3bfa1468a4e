import { sharedTexts } from '../sharedTexts.ts'
import { COLOURS } from './emailTheme.ts'
import { type Html, html } from './html.ts'

/** The e-mail's main statement, at the top. */
export const heading = (text: string): Html =>
  html`<h1
    class="t-ink"
    style="margin:0 0 16px;font-size:22px;line-height:30px;font-weight:700;color:${COLOURS.ink};word-break:break-word"
  >
    ${text}
  </h1>`

export const paragraph = (text: string): Html =>
  html`<p
    class="t-ink"
    style="margin:0 0 16px;font-size:16px;line-height:25px;color:${COLOURS.ink};word-break:break-word"
  >
    ${text}
  </p>`

/** A detail, such as how long a link is valid. */
export const smallPrint = (content: string | Html): Html =>
  html`<p
    class="t-soft"
    style="margin:0 0 12px;font-size:14px;line-height:22px;color:${COLOURS.soft};word-break:break-word"
  >
    ${content}
  </p>`

/** A warning, such as never to share a code. */
export const warning = (text: string): Html =>
  html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    border="0"
    style="width:100%;margin:0 0 16px"
  >
    <tr>
      <td
        class="t-note"
        style="padding:14px 16px;border-radius:10px;background-color:${COLOURS.note};font-size:14px;line-height:22px;color:${COLOURS.onNote};word-break:break-word"
      >
        ${text}
      </td>
    </tr>
  </table>`

/** A code in digits that are wide enough to copy by eye. */
export const bigCode = (code: string): Html =>
  html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    border="0"
    style="width:100%;margin:0 0 20px"
  >
    <tr>
      <td
        class="t-line t-ink"
        align="center"
        style="padding:18px 8px;border:1px solid ${COLOURS.line};border-radius:10px;font-family:Consolas,Menlo,Roboto Mono,monospace;font-size:36px;line-height:44px;font-weight:700;letter-spacing:6px;color:${COLOURS.ink};word-break:break-all"
      >
        ${code}
      </td>
    </tr>
  </table>`

/** A list made of a table, because Outlook indents lists inconsistently. */
export const bullets = (items: readonly string[]): Html =>
  html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    border="0"
    style="width:100%;margin:0 0 10px"
  >
    ${items.map(
      (item) =>
        html`<tr>
          <td
            class="t-brand"
            width="20"
            style="width:20px;padding:0 0 10px;font-size:16px;line-height:25px;vertical-align:top;color:${COLOURS.brand}"
          >
            •
          </td>
          <td
            class="t-ink"
            style="padding:0 0 10px;font-size:16px;line-height:25px;color:${COLOURS.ink};word-break:break-word"
          >
            ${item}
          </td>
        </tr>`,
    )}
  </table>`

type Target = { label: string; url: string }

/**
 * A button that works in every mail client: the cell has the colour, and all of it can be pressed.
 * Outlook ignores the padding of links and uses the cell's.
 */
export const emailButton = ({ label, url }: Target): Html =>
  html`<table
    role="presentation"
    cellpadding="0"
    cellspacing="0"
    border="0"
    style="margin:0 0 20px"
  >
    <tr>
      <td
        class="t-button"
        align="center"
        bgcolor="${COLOURS.brand}"
        style="border-radius:10px;background-color:${COLOURS.brand};mso-padding-alt:14px 28px"
      >
        <a
          class="t-on-brand"
          href="${url}"
          target="_blank"
          style="display:inline-block;padding:14px 28px;font-size:16px;line-height:24px;font-weight:700;color:${COLOURS.onBrand};text-decoration:none"
          >${label}</a
        >
      </td>
    </tr>
  </table>`

/** A link to read and copy, for mail clients that show no buttons. */
export const plainLink = ({ label, url }: Target): Html =>
  html`<a
    class="t-brand"
    href="${url}"
    target="_blank"
    style="color:${COLOURS.brand};text-decoration:underline;word-break:break-all"
    >${label}</a
  >`

/** A labelled value, such as the number of an order. */
export type Fact = readonly [label: string, value: string]

/** A table that screen readers announce as a table: labels left, values right. */
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

/** The same facts for the text part. */
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

/** The address of an important button, to copy when the button fails. */
export const emailLinkHint = ({ url, locale }: { url: string; locale: string }): Html => {
  const texts = sharedTexts(locale).openInstead
  return smallPrint(html`${texts}<br />${plainLink({ label: url, url })}`)
}
