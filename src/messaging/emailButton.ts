import { COLOURS } from './emailTheme.ts'
import { type Html, html } from './html.ts'

type Target = { label: string; url: string }

/**
 * A button that is one everywhere: the colour is the cell's and the whole of it can be pressed;
 * Outlook, which ignores the padding of links, takes the cell's.
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

/** A link to read and copy, for readers that show no buttons. */
export const plainLink = ({ label, url }: Target): Html =>
  html`<a
    class="t-brand"
    href="${url}"
    target="_blank"
    style="color:${COLOURS.brand};text-decoration:underline;word-break:break-all"
    >${label}</a
  >`
