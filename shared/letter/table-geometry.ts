/** Room left and right of a cell's text and above and below it, twips; both outputs and the counting of lines use it. */
export const cellPadding = 60
