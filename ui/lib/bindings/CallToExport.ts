export type CallToExport = { id: string, started: string, };
