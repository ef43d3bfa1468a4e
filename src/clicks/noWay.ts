import { DomainError } from '../domain/errors.ts'

/** No such shop, or nothing that leads there: strangers are not told which. */
export const noWay = () =>
  new DomainError('click.no-merchant', 'There is no way to this shop.', { field: 'merchant' })
