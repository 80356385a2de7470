//! The life of one message. Only [`Message::leased`], [`Message::sent`] and [`Message::reported`] change it.
