/**
 * Sends a request to the product over HTTP: POST with a body, else GET. Returns the parsed
 * response.
 *
 * @throws Error the status is not 2xx
 */
export const requestJson = async <Body>(
  url: string,
  { authorization, body }: { authorization: string; body?: object },
): Promise<Body> => {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { 'Content-Type': 'application/json', Authorization: authorization },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} returned ${response.status}: ${text}`)
  return JSON.parse(text) as Body
}
