import { NetworkError } from '../NetworkError.ts'
import type { SalePage, SaleWindow } from '../types.ts'

type Held = {
  page: SalePage
  window: SaleWindow
  /**
   * `each` where it is documented that the network selects by the time that its rows show; else
   * `any`, so that a page is refused only if nothing on it is of that time.
   */
  by: 'each' | 'any'
}

/**
 * Holds a page against the window that was asked for: networks drop parameters that they do not
 * know, and answer for another window without a word.
 *
 * @throws NetworkError `network.bad-answer` it is not the window's
 */
export const insideWindow = ({ by, page, window }: Held): SalePage => {
  const { from, to } = window
  // Networks are asked by the second, and tell no more.
  const start = new Date(Math.floor(from.getTime() / 1_000) * 1_000)
  const told = page.rows
    .map(({ changedAt, eventAt }) => (window.by === 'event' ? eventAt : changedAt))
    .filter((at) => at !== null)
  const outside = told.filter((at) => new Date(at) < start || new Date(at) > to)
  const isOther = by === 'each' ? outside.length > 0 : outside.length === told.length
  if (told.length === 0 || !isOther) return page
  throw new NetworkError('network.bad-answer', {
    message:
      `asked for ${from.toISOString()} to ${to.toISOString()}, got ${outside.join(', ')}`.slice(
        0,
        300,
      ),
  })
}
