/**
 * Sends a request to the simulator's control API. The method is GET without a body, else POST.
 *
 * @throws Error the simulator refused the request
 */
export const control = async <Body = Record<string, unknown>>(
  url: string,
  path: string,
  body?: object,
  method = body ? 'POST' : 'GET',
): Promise<Body> => {
  const response = await fetch(`${url}/control${path}`, {
    method,
    ...(body
      ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
      : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`The simulator returned ${response.status}: ${text}`)
  return JSON.parse(text) as Body
}
