"""The conversation: everything Samen understands, decides and keeps."""
