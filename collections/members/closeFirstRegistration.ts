import { APIError, type Endpoint } from 'payload'

/**
 * Replaces Payload's route of the same path, which makes the first visitor of an empty database its
 * admin.
 */
export const closeFirstRegistration: Endpoint = {
  path: '/first-register',
  method: 'post',
  handler: () => {
    throw new APIError(
      'Create the first admin on the command line: tributary user create-admin',
      403,
    )
  },
}
