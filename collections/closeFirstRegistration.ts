import { APIError, type Endpoint } from 'payload'

/**
 * Stands before Payload's own route of the same path, by which whoever comes first to an empty
 * database would have made themselves its admin.
 */
export const closeFirstRegistration: Endpoint = {
  path: '/first-register',
  method: 'post',
  handler: () => {
    throw new APIError('Admins are made on the command line: tributary user create-admin', 403)
  },
}
