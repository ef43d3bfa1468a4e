/** Whether a network answers when it is asked; one of files is heard of when somebody brings one. */
export const isAsked = ({ adapter }: { adapter: string }): boolean => adapter !== 'csv'
