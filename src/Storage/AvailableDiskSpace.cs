namespace SafetyCampaign.Storage;

/// <summary>How many bytes the program may still write to the disk of a folder.</summary>
public delegate long AvailableDiskSpace(string folder);
