/** The object a body holds; undefined where it holds none. */
export const parseJson = (body: Buffer): unknown => {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
