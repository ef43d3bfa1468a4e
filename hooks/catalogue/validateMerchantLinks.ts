import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

import type { Merchant } from '../../src/payload-types.ts'

/** A host as a browser writes it: lower case, at least one dot, no port, scheme or wildcard. */
const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Refuses a merchant with an unsafe tracking URL or host. Each error names its field. */
export const validateMerchantLinks: CollectionBeforeValidateHook<Merchant> = ({ data, req }) => {
  const links = (data?.programs ?? []).flatMap(({ trackingUrl }, index) =>
    isHttps(trackingUrl)
      ? []
      : [
          {
            path: `programs.${index}.trackingUrl`,
            message: 'Give a URL that begins with https://.',
          },
        ],
  )
  const hosts = (data?.deepLinkHosts ?? []).every((host) => HOST.test(host))
    ? []
    : [
        {
          path: 'deepLinkHosts',
          message: 'Give host names in lower case, such as www.shop.example.',
        },
      ]
  const errors = [...links, ...hosts]
  if (errors.length > 0) throw new ValidationError({ collection: 'merchants', errors }, req.t)
  return data
}

/** An empty URL passes: the field's own rule refuses it. */
const isHttps = (typed: unknown): boolean => {
  if (typeof typed !== 'string' || typed === '') return true
  const url = URL.canParse(typed) ? new URL(typed) : null
  return url?.protocol === 'https:' && url.username === '' && url.password === ''
}
