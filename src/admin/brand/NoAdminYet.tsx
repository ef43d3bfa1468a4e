import { MinimalTemplate } from '@payloadcms/next/templates'

/** Replaces Payload's form, in which the first visitor could create the first admin. */
export const NoAdminYet = () => (
  <MinimalTemplate>
    <h1>No admin yet</h1>
    <p>Create the first admin on the command line of the server:</p>
    <p>
      <code>npx tributary user create-admin --email you@example.com</code>
    </p>
  </MinimalTemplate>
)
