const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escape = (text) => String(text).replace(/[&<>"]/g, (mark) => marks[mark]);
export const day = (date) => date.toISOString().slice(0, 10);
