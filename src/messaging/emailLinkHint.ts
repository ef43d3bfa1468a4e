import { plainLink } from './emailButton.ts'
import { smallPrint } from './emailParts.ts'
import { type Html, html } from './html.ts'
import { sharedWords } from './sharedWords.ts'

/** The address of a button that must not fail, to be copied. */
export const emailLinkHint = ({ url, locale }: { url: string; locale: string }): Html => {
  const words = sharedWords(locale).openInstead
  return smallPrint(html`${words}<br />${plainLink({ label: url, url })}`)
}
