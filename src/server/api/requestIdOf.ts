import { randomUUID } from 'node:crypto'

/** The id that the edge gave the request; a new one for a request that did not pass it. */
export const requestIdOf = ({ headers }: Pick<Request, 'headers'>): string =>
  headers.get('x-request-id') ?? randomUUID()
