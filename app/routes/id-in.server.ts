/** The number in an address; 0, which nothing has, for anything else. */
export const idIn = (text = "") => (/^\d{1,15}$/.test(text) ? Number(text) : 0);
