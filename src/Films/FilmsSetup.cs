namespace SafetyCampaign.Films;

public static class FilmsSetup
{
    public static void AddFilms(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FilmStore>();
        builder.Services.AddSingleton<FilmCleanup>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FilmCleanup>());
    }
}
