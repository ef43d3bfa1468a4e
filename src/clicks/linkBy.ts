import type { Payload } from 'payload'

import { deepLinkOf } from '../domain/deepLink.ts'
import { DomainError } from '../domain/errors.ts'
import { adapterOf } from '../networks/index.ts'
import { networksOf } from '../sync/networksOf.ts'
import { noWay } from './noWay.ts'
import type { Way } from './types.ts'

type Asked = { clickId: string; url: string | undefined; offer: string | null }
/** Makes links over one way. Pure. */
export type LinkBy = { seal: string; linkTo: (asked: Asked) => string }

/**
 * What makes the links of a shop. The page is the one that was asked for, else the offer's, else
 * the shop's first; each is held to the hosts that the merchant lists.
 *
 * `linkTo` throws DomainError `click.not-allowed` for a page elsewhere, `click.no-offer` for an
 * offer that is not to be had.
 *
 * @throws DomainError `click.no-merchant` the network's row cannot be opened
 */
export const linkBy = (payload: Payload, way: Way): LinkBy => {
  const { adapter, hosts, offerUrl, seal, settings, trackingUrl } = way
  const network = opened(payload, adapter, settings)
  return {
    seal,
    linkTo: ({ clickId, offer, url }) => {
      if (offer !== null && way.offer === null) throw noOffer()
      const page = url ?? offerUrl ?? undefined
      const deepLink = page === undefined ? undefined : deepLinkOf(page, hosts)
      try {
        return network.buildLink({ trackingUrl, clickId, deepLink })
      } catch {
        throw noWay() // a tracking address that no hook of ours has seen
      }
    },
  }
}

export const noOffer = () =>
  new DomainError('click.no-offer', 'This shop has no such offer now.', { field: 'offer' })

const opened = (payload: Payload, adapter: string, settings: object | null) => {
  const { env } = networksOf(payload)
  try {
    const network = adapterOf(adapter)?.open({ env, settings: settings ?? {} })
    if (network) return network
  } catch {
    payload.logger.error({ msg: 'a network’s settings are not those of its adapter', adapter })
  }
  throw noWay()
}
