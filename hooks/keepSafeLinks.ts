import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

import type { Merchant } from '../src/payload-types.ts'

/** As a browser writes it: small letters, at least one dot, no port, no scheme, no wildcard. */
const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Refuses a merchant whose links could lead nowhere, or anywhere: each problem names its field. */
export const keepSafeLinks: CollectionBeforeValidateHook<Merchant> = ({ data, req }) => {
  const links = (data?.programs ?? []).flatMap(({ trackingUrl }, index) =>
    isHttps(trackingUrl)
      ? []
      : [{ path: `programs.${index}.trackingUrl`, message: 'A link that begins with https://.' }],
  )
  const hosts = (data?.deepLinkHosts ?? []).every((host) => HOST.test(host))
    ? []
    : [{ path: 'deepLinkHosts', message: 'Bare names in small letters, such as www.shop.example.' }]
  const errors = [...links, ...hosts]
  if (errors.length > 0) throw new ValidationError({ collection: 'merchants', errors }, req.t)
  return data
}

/** Whether there is one at all is the field's own rule. */
const isHttps = (typed: unknown): boolean => {
  if (typeof typed !== 'string' || typed === '') return true
  const url = URL.canParse(typed) ? new URL(typed) : null
  return url?.protocol === 'https:' && url.username === '' && url.password === ''
}
