import { MinimalTemplate } from '@payloadcms/next/templates'

/** Stands where Payload would let whoever comes first make themselves the admin. */
export const NoAdminYet = () => (
  <MinimalTemplate>
    <h1>No admin yet</h1>
    <p>The first admin is made on the command line, where the server runs:</p>
    <p>
      <code>npx tributary user create-admin --email you@example.com</code>
    </p>
  </MinimalTemplate>
)
