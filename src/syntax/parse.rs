use super::{SyntaxError, ast};
use crate::source::Source;
pub(crate) fn parse(_s: &Source) -> Result<ast::File, Vec<SyntaxError>> {
    Ok(ast::File::default())
}
