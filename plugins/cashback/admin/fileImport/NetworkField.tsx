/** The choice of the file's network. */
export const NetworkField = ({
  name,
  networks,
  onChange,
  value,
}: {
  name: string
  networks: { id: string; name: string }[]
  onChange: (network: string) => void
  value: string
}) => (
  <label>
    Network
    <select
      name={name}
      onChange={({ target }) => {
        onChange(target.value)
      }}
      value={value}
    >
      {networks.map((network) => (
        <option key={network.id} value={network.id}>
          {network.name}
        </option>
      ))}
    </select>
  </label>
)
