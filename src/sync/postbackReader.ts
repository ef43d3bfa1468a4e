import type { Payload } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { adapterOf } from '../networks/index.ts'
import type { Network } from '../networks/types.ts'
import { networksOf } from './networksOf.ts'
import type { PostbackNetwork } from './postbackNetwork.ts'

/**
 * How a network's postbacks are read. That takes no credentials, so none are opened.
 *
 * @throws DomainError `network.unknown-adapter` a row of a version that had more
 * @throws NetworkError `network.refused` the row's settings are not those of its adapter
 */
export const postbackReader = (
  payload: Pick<Payload, 'config'>,
  { adapter: name, settings }: PostbackNetwork,
): Network['readPostback'] => {
  const adapter = adapterOf(name)
  if (!adapter) {
    throw new DomainError('network.unknown-adapter', `There is no adapter "${name}".`)
  }
  const { env } = networksOf(payload)
  return adapter.open({ env, settings: settings ?? {} }).readPostback
}
