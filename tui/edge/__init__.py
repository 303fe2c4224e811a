"""The only floor that touches the network, the disk, the environment and the clipboard."""
