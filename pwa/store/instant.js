/** @param {number} ms since 1970 */
export const instant = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
