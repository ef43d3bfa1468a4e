import { STAFF } from './people.ts'

/** Prints the addresses, the logins, and a request to paste. */
export const printEnding = (shown: {
  apiKey: string
  baseUrl: string
  password: string
  payerId: string
  simulatorUrl: string
}) => {
  const { apiKey, baseUrl, password, payerId, simulatorUrl } = shown
  const tag = Date.now().toString(36)
  const logins = STAFF.map(({ email, role }) => `  ${role.padEnd(8)} ${email}`).join('\n')
  console.log(`
Admin      ${baseUrl}/admin (its pages are built once; a line says when they are there)
REST       ${baseUrl}/api/payments
GraphQL    ${baseUrl}/api/graphql (POST)
Health     ${baseUrl}/health/ready
Desk       ${baseUrl}/admin/withdrawals (what waits for an approval, what is in doubt)
Messages   ${simulatorUrl} (mail and SMS as they arrive)
Bank       ${simulatorUrl}/bank (payments, and whether their money left)

Logins, all with the password ${password}
${logins}
  member   ananya.iyer@example.in (REST and GraphQL; members never enter the admin)

Another completed payment of Riya's, to paste:
  curl -s ${baseUrl}/api/payments -H 'Content-Type: application/json' \\
    -H 'Authorization: service-accounts API-Key ${apiKey}' \\
    -d '{"reference":"MINE-${tag}","user":"${payerId}","amountMinor":50000,"currency":"INR","status":"completed"}'

Ctrl-C stops everything. The data stays for the next time; "npm run demo -- --reset" starts over.`)
}
