/// A piece of text, or a time, as a model writes it. Its number means nothing to another model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token(pub i32);
