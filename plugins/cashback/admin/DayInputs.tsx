/** As `2026-11-20`, or nothing yet. */
type Days = { from: string; to: string }

/** The first and the last day of a window, by the browser's own means. */
export const DayInputs = ({
  days,
  onChange,
  zone,
}: {
  days: Days
  onChange: (days: Days) => void
  zone: string
}) => (
  <div className="t-days">
    <DayInput
      label={`From (${zone})`}
      onChange={(from) => {
        onChange({ ...days, from })
      }}
      value={days.from}
    />
    <DayInput
      label={`To, that day included (${zone})`}
      onChange={(to) => {
        onChange({ ...days, to })
      }}
      value={days.to}
    />
  </div>
)

const DayInput = ({
  label,
  onChange,
  value,
}: {
  label: string
  onChange: (day: string) => void
  value: string
}) => (
  <label>
    {label}
    <input
      onChange={(event) => {
        onChange(event.target.value)
      }}
      type="date"
      value={value}
    />
  </label>
)
