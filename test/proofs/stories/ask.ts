/** A request to the product as a browser or a machine makes it. @throws Error it is refused */
export const ask = async <Body>(
  url: string,
  { authorization, body }: { authorization: string; body?: object },
): Promise<Body> => {
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { 'Content-Type': 'application/json', Authorization: authorization },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`)
  return JSON.parse(text) as Body
}
