export function ErrorGroup() { return null; }
