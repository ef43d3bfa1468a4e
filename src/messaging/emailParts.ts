import { COLOURS } from './emailTheme.ts'
import { type Html, html } from './html.ts'

/** What the e-mail says, first. */
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

/** An aside, such as until when a link works. */
export const smallPrint = (content: string | Html): Html =>
  html`<p
    class="t-soft"
    style="margin:0 0 12px;font-size:14px;line-height:22px;color:${COLOURS.soft};word-break:break-word"
  >
    ${content}
  </p>`

/** What must not be missed, such as never to pass a code on. */
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

/** The one thing that is looked for: a code, in digits wide enough to copy by eye. */
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

/** Tables, since Outlook indents lists as it likes. */
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
